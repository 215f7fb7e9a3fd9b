//! An enum whose variants have a name each, and the list of all of them: both from one place.

/// Declares an enum with `ALL`, its variants in the order in which they are listed, and `as_str()`.
macro_rules! named_enum {
    ($(#[$attr:meta])* $vis:vis enum $enum:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$attr])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $vis enum $enum { $($(#[$doc])* $variant,)* }

        impl $enum {
            /// All variants, in the order in which they are listed.
            $vis const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name of the variant.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

pub(crate) use named_enum;
