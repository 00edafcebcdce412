"""What is mine to do, looking things up, and the overview.

    selectors    tasks, finds and counts, through one person's eyes
    permissions  who may do what here
    views        pages

Nothing here is written. May use every app below it.
"""
