"""Grondslag: safe data-driven work in Dutch municipalities.

The folder list is the architecture; data travels one way through it and imports point down.

    plan + contracts + accountability -> policy -> approval -> delivery -> analysis
      -> release -> decision -> report

`docs/architecture.md` draws the rooms; `import-linter` holds their order.
"""

__version__ = "26.1.0"
