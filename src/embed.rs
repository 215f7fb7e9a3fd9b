//! The program that the chat is a part of, in the chat without a socket: it acts as somebody, reads, hears all rooms, and sends
//! people away. Knows no HTTP.

pub(crate) mod participant; // somebody for whom the program acts
pub(crate) mod reading; // history, search, rooms and people
pub(crate) mod rights; // roles, bans, invitations, as the operator
pub(crate) mod figures; // what is watched: counts, sizes, whether clients may come
pub(crate) mod listener; // one room, heard by a program
pub(crate) mod feed; // all rooms, heard by a program
