//! Everything that is tested from outside the rooms: one binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::string_slice, missing_docs)]

mod architecture;
mod boxes;
mod supply;
mod content;
mod layout;
mod journal;
mod matching;
mod team;
mod clipboard;
mod commands;
mod share;
mod runs;
mod walk;
mod config;
mod packaging;
mod docs;
mod picture;
mod scanned;
mod screens;
mod svg;
mod oracle;
mod pty;
mod play;
mod find;
mod library;
mod links;
mod wishes;
mod live;
mod terminal;
mod editor;
mod sizes;
mod outside;
mod streams;
mod faults;
mod hostile;
