//! Blocking keys: what two articles must share to be compared at all.
