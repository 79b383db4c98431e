//! What every format must keep, and what each one reads.
