//! Values of our types as bytes and back, as they are in memory: for the cache alone, whose files hold a mark of the
//! types that they were made from.
//!
//! Numbers take as many bytes as they need, texts and lists stand after their length, and a field of a struct after a
//! byte that says whether it is there. Names of fields aren't written.

use serde::Serialize;
use serde::de::value::U32Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Impossible, Serializer};

use crate::data::quick::GaveUp;
use crate::plain::varint;

/// The value as bytes; nothing when it is of a kind that isn't known here.
pub fn write<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    value.serialize(&mut Packer(&mut bytes)).ok()?;
    Some(bytes)
}

/// The value, when the bytes are all of one.
pub fn read<T: DeserializeOwned>(mut bytes: &[u8]) -> Option<T> {
    let value = T::deserialize(Bytes { rest: &mut bytes }).ok()?;
    bytes.is_empty().then_some(value)
}

/// Signed numbers so that small ones stay small: 0, -1, 1, -2, …
fn fold(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unfold(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

struct Packer<'a>(&'a mut Vec<u8>);

impl Packer<'_> {
    fn number(&mut self, number: u64) {
        varint::put(self.0, number);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }
}

macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $made:ty;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$made, GaveUp> { Err(GaveUp) })*
    };
}

impl Serializer for &mut Packer<'_> {
    type Ok = ();
    type Error = GaveUp;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Impossible<(), GaveUp>;
    type SerializeTupleVariant = Impossible<(), GaveUp>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), GaveUp>;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<(), GaveUp> {
        self.serialize_u64(value.into())
    }

    fn serialize_u8(self, value: u8) -> Result<(), GaveUp> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), GaveUp> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), GaveUp> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), GaveUp> {
        self.number(value);
        Ok(())
    }

    fn serialize_i32(self, value: i32) -> Result<(), GaveUp> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), GaveUp> {
        self.serialize_u64(fold(value))
    }

    fn serialize_str(self, value: &str) -> Result<(), GaveUp> {
        self.serialize_bytes(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), GaveUp> {
        self.bytes(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), GaveUp> {
        self.serialize_u64(0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), GaveUp> {
        self.number(1);
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), GaveUp> {
        self.serialize_u32(index)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), GaveUp> {
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, GaveUp> {
        self.number(length.ok_or(GaveUp)? as u64);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, GaveUp> {
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self, GaveUp> {
        self.serialize_seq(length)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, GaveUp> {
        Ok(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), GaveUp> {
        Err(GaveUp)
    }

    refuse! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

impl ser::SerializeSeq for &mut Packer<'_> {
    type Ok = ();
    type Error = GaveUp;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), GaveUp> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), GaveUp> {
        Ok(())
    }
}

impl ser::SerializeTuple for &mut Packer<'_> {
    type Ok = ();
    type Error = GaveUp;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), GaveUp> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), GaveUp> {
        Ok(())
    }
}

impl ser::SerializeMap for &mut Packer<'_> {
    type Ok = ();
    type Error = GaveUp;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), GaveUp> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), GaveUp> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), GaveUp> {
        Ok(())
    }
}

impl ser::SerializeStruct for &mut Packer<'_> {
    type Ok = ();
    type Error = GaveUp;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), GaveUp> {
        self.number(1);
        value.serialize(&mut **self)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), GaveUp> {
        self.number(0);
        Ok(())
    }

    fn end(self) -> Result<(), GaveUp> {
        Ok(())
    }
}

/// What is left of the bytes.
struct Bytes<'de, 'r> {
    rest: &'r mut &'de [u8],
}

impl<'de> Bytes<'de, '_> {
    fn again(&mut self) -> Bytes<'de, '_> {
        Bytes { rest: self.rest }
    }

    fn number(&mut self) -> Result<u64, GaveUp> {
        varint::take(self.rest).ok_or(GaveUp)
    }

    /// A length: never more than what is left, so that no file asks for more memory than it is large.
    fn length(&mut self) -> Result<usize, GaveUp> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= self.rest.len()).ok_or(GaveUp)
    }

    fn take(&mut self) -> Result<&'de [u8], GaveUp> {
        let length = self.length()?;
        let (taken, rest) = self.rest.split_at(length);
        *self.rest = rest;
        Ok(taken)
    }

    fn flag(&mut self) -> Result<bool, GaveUp> {
        match self.number()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(GaveUp),
        }
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ty),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
            visitor.$visit(<$number>::try_from(self.number()?).map_err(|_| GaveUp)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Bytes<'de, '_> {
    type Error = GaveUp;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, GaveUp> {
        // Bytes don't say what they are.
        Err(GaveUp)
    }

    numbers! {
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_bool(self.flag()?)
    }

    fn deserialize_i32<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_i32(i32::try_from(unfold(self.number()?)).map_err(|_| GaveUp)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_i64(unfold(self.number()?))
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_borrowed_str(std::str::from_utf8(self.take()?).map_err(|_| GaveUp)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GaveUp> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_borrowed_bytes(self.take()?)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        if self.flag()? { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GaveUp> {
        let index = u32::try_from(self.number()?).map_err(|_| GaveUp)?;
        let index: U32Deserializer<GaveUp> = index.into_deserializer();
        visitor.visit_enum(index)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        let left = self.length()?;
        visitor.visit_seq(Items { bytes: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, GaveUp> {
        visitor.visit_seq(Items { bytes: self, left })
    }

    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, GaveUp> {
        let left = self.length()?;
        visitor.visit_map(Items { bytes: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GaveUp> {
        let count = u32::try_from(fields.len()).map_err(|_| GaveUp)?;
        visitor.visit_map(Fields { bytes: self, next: 0, count })
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'de>>
        i8 i16 i128 u128 f32 f64 char byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// So many items of a list, or entries of a map.
struct Items<'de, 'r> {
    bytes: Bytes<'de, 'r>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = GaveUp;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, GaveUp> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(self.bytes.again()).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Items<'de, '_> {
    type Error = GaveUp;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, GaveUp> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, GaveUp> {
        seed.deserialize(self.bytes.again())
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// The fields of a struct, by number.
struct Fields<'de, 'r> {
    bytes: Bytes<'de, 'r>,
    next: u32,
    count: u32,
}

impl<'de> MapAccess<'de> for Fields<'de, '_> {
    type Error = GaveUp;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, GaveUp> {
        while self.next < self.count {
            let field = self.next;
            self.next += 1;
            if self.bytes.flag()? {
                let field: U32Deserializer<GaveUp> = field.into_deserializer();
                return seed.deserialize(field).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, GaveUp> {
        seed.deserialize(self.bytes.again())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    enum Side {
        Left,
        Right,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        flag: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maybe: Option<String>,
        always: Option<i64>,
        sides: Vec<Side>,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        by_name: BTreeMap<String, (u8, u16, u64, i32)>,
    }

    prop_compose! {
        fn things()(
            flag: bool,
            maybe: Option<String>,
            always: Option<i64>,
            sides in prop::collection::vec(prop_oneof![Just(Side::Left), Just(Side::Right)], 0..3),
            by_name: BTreeMap<String, (u8, u16, u64, i32)>,
        ) -> Thing {
            Thing { flag, maybe, always, sides, by_name }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_written_is_read(all in prop::collection::vec(things(), 0..3)) {
            let bytes = write(&all).expect("of known kinds");
            prop_assert_eq!(read::<Vec<Thing>>(&bytes), Some(all));
            for cut in 0..bytes.len() {
                prop_assert_eq!(read::<Vec<Thing>>(&bytes[..cut]), None);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            if let Some(thing) = read::<Thing>(&bytes) {
                prop_assert_eq!(read(&write(&thing).expect("of known kinds")), Some(thing));
            }
        }
    }

    #[test]
    fn a_length_beyond_the_end_is_refused() {
        let mut bytes = Vec::new();
        varint::put(&mut bytes, u64::MAX);
        assert_eq!(read::<Vec<u8>>(&bytes), None);
        assert_eq!(read::<String>(&bytes), None);
    }
}
