"""The resources of the API.

projects  projects, what the rules say of them, and their plan
papers    documents of a project, and a project as a folder
datasets  what can be asked for, and its contract
decided   decisions, and what waits for whom
ground    rules of law, the audit chain, the description of the API itself
"""
