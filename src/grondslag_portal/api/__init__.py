"""What the screens do, for programs: ``/v1``, after the NL GOV API Design Rules.

    models       a client and its tokens; of a token only the hash is kept
    selectors    which client a token belongs to
    services     giving and revoking tokens, with an audit record
    permissions  which action may be done by whom, and which scope of a token it needs
    door         who comes in; every answer with its version, every error as a problem
    problems     RFC 9457
    asking       what stands after the question mark, and pages of a list
    shapes       what an answer holds
    description  the OpenAPI document
    views        the resources

A client acts for a department, in roles without a signature. Signing, advising and releasing are
for people: no address here does them.
"""
