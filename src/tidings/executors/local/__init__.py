"""The work runs on this machine: in processes of its own, or in the caller's."""

from tidings.executors.local.processes import LocalExecutor, LocalOptions
from tidings.executors.local.serial import SerialExecutor

__all__ = ["LocalExecutor", "LocalOptions", "SerialExecutor"]
