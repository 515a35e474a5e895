# SPDX-License-Identifier: MIT
"""The measurements that the README quotes. Run one with script/bench NAME."""
