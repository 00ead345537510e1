//! What the shell sees: options, commands, plain output. Reads arguments, prints; whatever touches disk or
//! terminal it asks of the caller through data.
