"""Forms about signing in."""

from django import forms

from grondslag_portal.shared.forms import PageForm


class SignInForm(PageForm):
    """A local account: name, password, and the code of the app."""

    username = forms.CharField(label="organisations.account", max_length=120)
    password = forms.CharField(
        label="organisations.password", strip=False, widget=forms.PasswordInput, max_length=1_000
    )
    code = forms.CharField(
        label="organisations.code", help_text="organisations.code-hint", required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class AgainForm(SignInForm):
    """The same for who is signed in already: who they are is known."""

    username = None  # type: ignore[assignment]  # Django's way to take a field away

    def __init__(self, *args: object, **kwargs: object) -> None:
        PageForm.__init__(self, *args, **kwargs)
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"
