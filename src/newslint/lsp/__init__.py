"""The language server: diagnostics, fixes and navigation in editors.

`server` holds the state and talks to the client; `session` holds the projects, in a thread of its
own. Each feature is a module of functions from a `DocumentView` to values of the protocol.
Everything here needs the extra `newslint[lsp]`.
"""
