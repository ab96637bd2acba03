//! Every verb of the store as a story, told to SQLite and to PostgreSQL. Fails where PostgreSQL is missing.

#[path = "contract/accounts.rs"]
mod accounts;
#[path = "contract/house.rs"]
mod house;
