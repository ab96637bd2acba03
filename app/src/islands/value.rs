//! Values read from what the browser has already parsed.
//!
//! A parser of our own would bring code for every type, with all ways in which JSON can be wrong. The browser parses;
//! here values are taken out field by field, in the order in which they are declared.

use js_sys::{Array, JSON, Object, Reflect};
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::value::U32Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

/// Reads a value from a text.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(Value(JSON::parse(text).ok()?)).ok()
}

/// A field by its name.
pub(super) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// What could not be read. Nobody is told what it was: both halves are of one build.
#[derive(Debug)]
pub(super) struct Unread;

impl std::fmt::Display for Unread {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unread {}

impl serde::de::Error for Unread {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value of the browser.
pub(super) struct Value(pub(super) JsValue);

impl Value {
    fn number(&self) -> Result<f64, Unread> {
        self.0.as_f64().ok_or(Unread)
    }

    fn text(&self) -> Result<String, Unread> {
        self.0.as_string().ok_or(Unread)
    }

    /// Its elements, if it is a list.
    fn list(self) -> Result<List, Unread> {
        let list: Array = self.0.dyn_into().map_err(|_| Unread)?;
        Ok(List { list, at: 0 })
    }

    /// Its fields by name.
    fn fields(self, names: &'static [&'static str]) -> Fields {
        Fields { object: self.0, names }
    }

    fn entries(self) -> Result<List, Unread> {
        if !self.0.is_object() {
            return Err(Unread);
        }
        Ok(List { list: Object::entries(self.0.unchecked_ref()), at: 0 })
    }
}

/// One kind of number, as the browser has it.
macro_rules! numbers {
    ($($from:ident $visit:ident $number:ty;)*) => {
        $(
            fn $from<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
                visitor.$visit(self.number()? as $number)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unread;

    numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    /// Nothing that is read here leaves its kind to the text.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_bool(self.0.is_truthy())
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_map(self.entries()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_seq(self.fields(names))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let (name, content) = if let Some(name) = self.0.as_string() {
            (name, JsValue::UNDEFINED)
        } else {
            let entry: Array = self.entries()?.list.get(0).unchecked_into();
            (entry.get(0).as_string().ok_or(Unread)?, entry.get(1))
        };
        let nth = names.iter().position(|known| *known == name).ok_or(Unread)?;
        visitor.visit_enum(Variant { nth: nth as u32, content: Self(content) })
    }

    serde::forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// Elements one after the other; of a map they are pairs.
struct List {
    list: Array,
    at: u32,
}

impl List {
    fn next(&mut self) -> Option<Value> {
        let at = self.at;
        self.at += 1;
        (at < self.list.length()).then(|| Value(self.list.get(at)))
    }
}

impl<'de> SeqAccess<'de> for List {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        self.next().map(|value| seed.deserialize(value)).transpose()
    }
}

impl<'de> MapAccess<'de> for List {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        if self.at >= self.list.length() {
            return Ok(None);
        }
        let pair: Array = self.list.get(self.at).unchecked_into();
        seed.deserialize(Value(pair.get(0))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        let pair: Array = self.next().ok_or(Unread)?.0.unchecked_into();
        seed.deserialize(Value(pair.get(1)))
    }
}

/// The fields of a declared type, in its order. One that is not there is none, and then the type knows what else.
struct Fields {
    object: JsValue,
    names: &'static [&'static str],
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        let Some((name, rest)) = self.names.split_first() else { return Ok(None) };
        self.names = rest;
        let value = get(&self.object, name).map_err(|_| Unread)?;
        if value.is_undefined() { Ok(None) } else { seed.deserialize(Value(value)).map(Some) }
    }
}

/// One of several kinds, with what it carries.
struct Variant {
    nth: u32,
    content: Value,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unread;
    type Variant = Value;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Value), Unread> {
        let nth: U32Deserializer<Unread> = self.nth.into_deserializer();
        Ok((seed.deserialize(nth)?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Value {
    type Error = Unread;

    fn unit_variant(self) -> Result<(), Unread> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_seq(self.list()?)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_seq(self.fields(names))
    }
}
