"""Pages without sign-in: what the municipality does with data, and a check before sharing.

    selectors    what may be read by everybody
    permissions  who may do what here
    views        pages

Nothing here is written. May use decisions, projects and shared.
"""
