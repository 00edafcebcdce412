"""What the screens do, for programs: ``/v1``, after the NL GOV API Design Rules.

    models       a client and its tokens; of a token only the hash is kept
    selectors    which client a token belongs to
    services     giving, limiting and revoking tokens, with an audit record
    permissions  which action may be done by whom, and which scope of a token it needs
    door         who comes in; every answer with its version, every error as a problem
    problems     RFC 9457
    asking       what stands after the question mark or in a body, and pages of a list
    bodies       what programs send
    shapes, told what an answer holds
    jobs         verifying the audit chain as long work
    description  the OpenAPI document
    views        the resources
    token_views  pages on which an administrator gives, limits and ends tokens

A client acts for a department, in roles without a signature. Signing, advising and releasing are
for people: no address here does them.
"""
