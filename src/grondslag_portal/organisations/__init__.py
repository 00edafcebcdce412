"""Departments, people, the roles they have, and how they sign in.

    models       departments, people, roles with a term
    permissions  who may do what here
    selectors    reading
    services     writing, with an audit record in the same transaction
    views        pages

May use tasks and shared.
"""
