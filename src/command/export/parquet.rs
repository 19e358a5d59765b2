//! Rows and columns as a Parquet file.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::command::sheet::{Column, Sheet};
use crate::figures::tidy::Row;
use crate::plain::{Diagnostic, Kind, Result};

/// Tidy rows; a value that is masked is in a column of its own, so that `value` has numbers only.
pub fn of_rows(rows: &[Row]) -> Sheet {
    let columns = vec![
        Column::text("period"),
        Column::text("scope"),
        Column::text("subject"),
        Column::text("metric"),
        Column::number("value"),
        Column::text("unit"),
        Column::text("masked"),
    ];
    let rows = rows.iter().map(|row| {
        let is_number = row.value.parse::<f64>().is_ok();
        let value = |wanted: bool| Some(row.value.clone()).filter(|value| !value.is_empty() && is_number == wanted);
        let text = |text: &str| Some(text.to_owned());
        let subject = Some(row.subject.clone());
        let period = Some(row.period.to_string());
        vec![period, text(row.scope), subject, text(row.metric), value(true), text(row.unit), value(false)]
    });
    Sheet { columns, rows: rows.collect() }
}

/// The bytes of the file: one group of rows, text as UTF-8, numbers as doubles, what isn't known as null.
pub fn bytes(sheet: &Sheet) -> Result<Vec<u8>> {
    write(sheet)
        .map_err(|error| Diagnostic::new(Kind::Data, format!("the rows can't become a Parquet file: {error}")).into())
}

fn write(sheet: &Sheet) -> Result<Vec<u8>, ParquetError> {
    let fields = sheet.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("rows").with_fields(fields).build()?);
    // Without the version of the library, so that the same rows are the same bytes.
    let properties = WriterProperties::builder().set_created_by("signal".to_owned()).build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for (at, column) in sheet.columns.iter().enumerate() {
        let mut writer = group.next_column()?.expect("the schema has as many columns as the sheet");
        let fields = || sheet.rows.iter().map(|row| row[at].as_ref());
        let levels: Vec<i16> = fields().map(|field| i16::from(field.is_some())).collect();
        if column.is_number {
            let number = |text: &String| text.parse().expect("a number of tidy rows is one");
            let values: Vec<f64> = fields().flatten().map(number).collect();
            writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        } else {
            let values: Vec<ByteArray> = fields().flatten().map(|text| text.as_bytes().to_vec().into()).collect();
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        writer.close()?;
    }
    group.close()?;
    file.into_inner()
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) =
        if column.is_number { (Physical::DOUBLE, None) } else { (Physical::BYTE_ARRAY, Some(LogicalType::String)) };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    Ok(Arc::new(field.build()?))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let rows = ["7", "<5", ""].map(|value| Row {
            period: "2024-Q1".parse().unwrap(),
            scope: "corpus",
            subject: "corpus".to_owned(),
            metric: "commits",
            value: value.to_owned(),
            unit: "count",
        });
        let written = bytes(&of_rows(&rows)).unwrap();
        assert_eq!(written, bytes(&of_rows(&rows)).unwrap());
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&written).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let read: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(read[0].get_double(4).unwrap().to_bits(), 7_f64.to_bits());
        assert_eq!(read[1].get_string(6).unwrap(), "<5");
        assert!(read[2].get_double(4).is_err() && read[2].get_string(6).is_err());
    }
}
