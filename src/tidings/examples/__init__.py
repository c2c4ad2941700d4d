"""The example pages that `tidings demo` reads: our own writing on public facts of January 2025; all
publishers are invented."""
