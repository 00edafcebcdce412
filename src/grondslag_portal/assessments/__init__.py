"""The advice, the answer to it, and the signatures under an approval.

    models       an advice or answer that is being written
    permissions  who may advise, answer and sign, while the project is in which phase
    selectors    the advice as it stands; what would be signed, by whom
    brief        a project on one page, before a signature
    services     advising, answering, signing: the engine's own records
    forms        an advice, an answer
    views        pages

May use projects, catalogue, organisations, tasks and shared.
"""
