//! The parts of a Word document in their ZIP file. Nothing in it tells when or where it was written.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::links::Relations;
use super::runs::escaped;

type Zip = ZipWriter<Cursor<Vec<u8>>>;

/// A document in the making, packed as it grows. Its footnotes are a file of their own and grow beside it.
pub(super) struct Package {
    document: Zip,
    footnotes: Zip,
}

impl Default for Package {
    fn default() -> Self {
        let zip = || ZipWriter::new(Cursor::new(Vec::new()));
        Self { document: zip(), footnotes: zip() }
    }
}

const DOCUMENT: &str = "word/document.xml";
const FOOTNOTES: &str = "word/footnotes.xml";

/// The parts that are the same in every document; readers look for the first by its place.
const FIXED: &[(&str, &str)] = &[
    ("[Content_Types].xml", include_str!("parts/content_types.xml")),
    ("_rels/.rels", include_str!("parts/rels.xml")),
    ("word/styles.xml", include_str!("parts/styles.xml")),
    ("word/numbering.xml", include_str!("parts/numbering.xml")),
    ("word/settings.xml", include_str!("parts/settings.xml")),
    ("word/footer.xml", include_str!("parts/footer.xml")),
];

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The two namespaces that parts with words use.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The lines that part footnotes from the text; Word asks for both.
const SEPARATORS: &str = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\n\
     <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\n";

/// The page: A4 with margins of two centimetres, page numbers at its foot.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
     <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>";

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Package {
    /// Writes the parts that are always the same, and begins those that hold words.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        FIXED.iter().try_for_each(|(name, xml)| add(&mut self.document, name, xml))?;
        start(&mut self.document, DOCUMENT)?;
        writeln!(self.document, "{DECLARATION}<w:document {NAMESPACES}><w:body>")?;
        start(&mut self.footnotes, FOOTNOTES)?;
        write!(self.footnotes, "{DECLARATION}<w:footnotes {NAMESPACES}>\n{SEPARATORS}")
    }

    /// More of the text.
    pub(super) fn text(&mut self, xml: &str) -> io::Result<()> {
        self.document.write_all(xml.as_bytes())
    }

    /// One more footnote.
    pub(super) fn footnote(&mut self, xml: &str) -> io::Result<()> {
        self.footnotes.write_all(xml.as_bytes())
    }

    /// The finished file; `relations` are those of the text and of the footnotes.
    pub(super) fn end(mut self, title: &str, relations: (&Relations, &Relations)) -> io::Result<Vec<u8>> {
        writeln!(self.document, "{SECTION}</w:body></w:document>")?;
        writeln!(self.footnotes, "</w:footnotes>")?;
        self.document.merge_archive(ZipArchive::new(self.footnotes.finish()?)?)?;
        add(&mut self.document, "word/_rels/document.xml.rels", &of_document(relations.0))?;
        add(&mut self.document, "word/_rels/footnotes.xml.rels", &listed("", relations.1))?;
        add(&mut self.document, "docProps/core.xml", &about(title))?;
        Ok(self.document.finish()?.into_inner())
    }
}

fn start(zip: &mut Zip, name: &str) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    Ok(zip.start_file(name, options)?)
}

fn add(zip: &mut Zip, name: &str, xml: &str) -> io::Result<()> {
    start(zip, name)?;
    zip.write_all(xml.as_bytes())
}

/// What the text leads to: its other parts, and addresses.
fn of_document(relations: &Relations) -> String {
    let part = |name: &str| {
        let kind = format!("{RELATIONSHIPS}/{name}");
        format!("<Relationship Id=\"{name}\" Type=\"{kind}\" Target=\"{name}.xml\"/>\n")
    };
    let parts: String = ["styles", "numbering", "settings", "footnotes", "footer"].map(part).concat();
    listed(&parts, relations)
}

fn listed(parts: &str, relations: &Relations) -> String {
    let links = relations.xml();
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n\
         {parts}{links}</Relationships>\n"
    )
}

/// Title and language, as Word, search and screen readers ask for them. A time of writing would make other bytes of the same record.
fn about(title: &str) -> String {
    let title = escaped(title);
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title><dc:creator>OnRecord</dc:creator>\
         <dc:language>en-US</dc:language></cp:coreProperties>\n"
    )
}
