//! Why: texts and data.
