"""Departments, people, the roles they have, and how they sign in.

    models         departments, people, roles with a term
    permissions    who may do what here
    claims         what the municipality's sign-in service says about somebody
    provider       signing in there, and showing anew who somebody is
    backends       the emergency door: password and second factor
    second_factor  codes of six digits
    sessions       when a session ends
    step_up        a proof of who somebody is, for one document
    selectors      reading people
    services       writing people and roles, with an audit record in the same transaction
    terms          being away, handing over, leaving
    rights         reading which roles have nobody
    reviewing      the yearly look: what stays and what ends
    views          pages to sign in; `rights_views` about roles, `review_views` of the
                   yearly look, `authorities` who may sign

May use tasks and shared.
"""
