//! A password that somebody types: twice and unseen at a terminal, otherwise as the first line of the standard input.

use std::io::{IsTerminal, stdin};

use anyhow::{Context, bail};
use chinwag::Password;

/// The password of the chat, checked; none where nothing was typed: the one that there is stays.
pub(crate) fn ask() -> anyhow::Result<Option<String>> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().read_line(&mut line).context("cannot read the password from the standard input")?;
        return checked(&line);
    }
    let prompt = "Password of the chat (empty keeps the present one): ";
    let Some(password) = checked(&typed(prompt)?)? else { return Ok(None) };
    match checked(&typed("Repeat it: ")?)? {
        Some(again) if again == password => Ok(Some(password)),
        _ => bail!("the two are not the same; nothing was changed"),
    }
}

fn typed(prompt: &str) -> anyhow::Result<String> {
    rpassword::prompt_password(prompt).context("cannot read the password from the terminal")
}

/// A password that a chat may have. It is checked here, before it is asked for once more.
fn checked(line: &str) -> anyhow::Result<Option<String>> {
    let text = line.trim_end_matches(['\r', '\n']);
    if text.trim().is_empty() {
        return Ok(None);
    }
    Password::parse(text)?;
    Ok(Some(text.to_owned()))
}
