"""The decision on an answer, and the look back at whether it worked.

    models       a decision that is still being written
    forms        the decision and the look back as forms
    content      a form's answers as the engine's own documents
    selectors    reading: what the answer was, what is decided
    services     writing: keep a draft, sign a decision, record a look back
    permissions  who may do what here
    views        pages

The engine records and signs; what stands here of a decision is a draft. May use deliveries,
assessments, projects, organisations, tasks and shared.
"""
