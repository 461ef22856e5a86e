from __future__ import annotations

from service.auth.roles import Role, Scope, scopes_of


def test_each_role_includes_those_before_it() -> None:
    order = [Role.VIEWER, Role.RESPONDER, Role.EDITOR, Role.ADMIN]
    for place, role in enumerate(order):
        assert [role.includes(other) for other in order] == [number <= place for number in range(4)]


def test_a_role_has_the_scopes_of_all_it_includes() -> None:
    assert scopes_of(Role.VIEWER) == {Scope.READ}
    assert scopes_of(Role.RESPONDER) == {Scope.READ, Scope.RESPOND}
    assert scopes_of(Role.ADMIN) == set(Scope)
