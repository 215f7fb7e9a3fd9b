//! A link as a QR code (ISO/IEC 18004) in a terminal: two modules in a character, black on white whatever the terminal's colours are.

use std::io::{IsTerminal, stdout};

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules around the code that stay white. Four are demanded; two are enough for the cameras of phones, and save lines.
const QUIET: i32 = 2;

/// The code of a link, as lines for the standard output; none where that is no terminal, as nobody has use for it in a file.
pub(crate) fn for_terminal(link: &str) -> Option<String> {
    let is_plain = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    (stdout().is_terminal() && !is_plain).then(|| lines(link)).flatten()
}

fn lines(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let range = -QUIET..code.size() + QUIET;
    let rows = range.clone().step_by(2).map(|y| {
        let row = range.clone().map(|x| match (code.get_module(x, y), code.get_module(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        });
        format!("  \x1b[30;107m{}\x1b[0m\n", row.collect::<String>())
    });
    Some(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_modules_of_the_code() {
        let link = "http://192.0.2.7:8080/#invite=Lg0SweLyR1dLgvRrkrRDNQ";
        let code = QrCode::encode_text(link, QrCodeEcc::Low).expect("it is short");
        let lines = lines(link).expect("it is short");
        let rows: Vec<Vec<char>> = lines
            .lines()
            .map(|line| {
                line.trim_start_matches("  \x1b[30;107m").trim_end_matches("\x1b[0m").chars().collect()
            })
            .collect();
        let width = (code.size() + 2 * QUIET) as usize;
        assert!(rows.iter().all(|row| row.len() == width) && rows.len() == width.div_ceil(2));
        for y in 0..code.size() {
            for x in 0..code.size() {
                let (at, half) = ((y + QUIET) / 2, (y + QUIET) % 2);
                let sign = rows[at as usize][(x + QUIET) as usize];
                let is_dark = sign == '█' || sign == if half == 0 { '▀' } else { '▄' };
                assert_eq!(is_dark, code.get_module(x, y), "{x} {y}");
            }
        }
    }
}
