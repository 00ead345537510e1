//! The targets and the oracle, for the programs in `runs/`. The suite includes the same files.
#![allow(missing_docs)]

#[path = "../suite/oracle.rs"]
pub mod oracle;
pub mod targets;
