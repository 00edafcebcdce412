"""Projects: their documents, where they stand, and the questions of the road.

    models       a project and the versions of its documents
    folders      a project's documents as the folder the engine works on
    first_plan   the plan a new project starts with
    editing      changing a part of the plan document
    selectors    reading, through one person's eyes
    services     writing, with an audit record in the same transaction
    permissions  who may do what here

May use catalogue, organisations, tasks and shared. Other apps reach a project through `services`
and `selectors`.
"""
