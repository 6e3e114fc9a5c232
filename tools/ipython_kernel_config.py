"""Settings of the kernels that make starts: local ones, so there is no call to warn of open transport."""

c = get_config()  # noqa: F821
c.IPKernelApp.log_level = "ERROR"
