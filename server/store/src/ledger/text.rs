//! The texts of statements of many rows: how many rows go into one, and how its parameters are marked.

use crate::pool::Conn;

/// The most rows in one statement: 64 rows of 18 columns stay far below any limit on parameters.
pub(super) const PIECE: usize = 64;

/// Cuts a list into pieces of `PIECE` rows, and a last one of what is left: so many texts are prepared at the most, and
/// nearly every batch goes in one.
pub(super) fn pieces<T>(list: &[T]) -> impl Iterator<Item = &[T]> {
    list.chunks(PIECE)
}

/// `($3, $4), ($5, $6)`: so many tuples of so many parameters, from number `first` on.
pub(super) fn tuples(first: usize, rows: usize, width: usize) -> String {
    let tuple = |row: usize| {
        let from = first + row * width;
        let names: Vec<String> = (from..from + width).map(|number| format!("${number}")).collect();
        format!("({})", names.join(", "))
    };
    (0..rows).map(tuple).collect::<Vec<_>>().join(", ")
}

/// `(?, ?), (?, ?)`: the same in the order of their places.
fn unnumbered(rows: usize, width: usize) -> String {
    vec![format!("({})", vec!["?"; width].join(", ")); rows].join(", ")
}

/// So many rows of an insert, every parameter in its place. SQLite finds the name of a parameter by going through those
/// before it, and is asked for each of a thousand; where it has none, its place is enough.
pub(super) fn values(conn: &Conn<'_>, rows: usize, width: usize) -> String {
    match conn {
        Conn::Sqlite(_) => unnumbered(rows, width),
        Conn::Postgres(_) => tuples(1, rows, width),
    }
}

#[cfg(test)]
mod tests {
    use super::{pieces, tuples, unnumbered};

    #[test]
    fn a_list_falls_into_pieces() {
        let list: Vec<u8> = (0..229).map(|n| n as u8).collect();
        let sizes: Vec<usize> = pieces(&list).map(<[u8]>::len).collect();
        assert_eq!(sizes, [64, 64, 64, 37]);
        assert_eq!(pieces(&list).flatten().copied().collect::<Vec<u8>>(), list);
        assert_eq!(pieces::<u8>(&[]).count(), 0);
    }

    #[test]
    fn parameters_are_numbered_through() {
        assert_eq!(tuples(3, 2, 2), "($3, $4), ($5, $6)");
        assert_eq!(tuples(3, 1, 3), "($3, $4, $5)");
        assert_eq!(unnumbered(2, 3), "(?, ?, ?), (?, ?, ?)");
    }
}
