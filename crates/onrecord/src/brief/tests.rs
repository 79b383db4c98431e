//! Every format keeps what an article prints as text.
