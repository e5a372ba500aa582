package dev.freshet.parquet;

import dev.freshet.batch.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A column chunk that is in the file: what the footer says of it, and what is written between the last chunk and the
/// footer. A file has thousands, so they are small: the indexes are kept as they will be in the file.
///
/// @param encodings of data pages, with how many
record WrittenChunk(
        Column column, Contents contents, Map<Encoding, Integer> encodings, Sizes sizes, Attachments attachments) {
    /// @param levels values and what stands in the place of absent ones
    /// @param bounds null where there are no values, or not all have an order
    record Contents(long levels, long nulls, @Nullable PageBounds bounds) {}

    /// @param columnIndex null where pages cannot be told apart by what they hold
    /// @param filter the bits of its Bloom filter, if it has one
    record Attachments(byte @Nullable [] columnIndex, byte[] offsetIndex, byte @Nullable [] filter) {}

    /// @param start where in the file it begins
    /// @param dictionary bytes of the dictionary's page, which comes first; 0 if there is none
    /// @param bytes of all pages, with headers
    record Sizes(long start, int dictionary, long bytes, long uncompressed) {
        long data() {
            return start + dictionary;
        }
    }

    /// Where something that belongs to a chunk is in the file.
    record Span(long offset, int length) {}

    /// Where the indexes and the filter are; null for one that there is not.
    record Places(
            @Nullable Span columnIndex,
            Span offsetIndex,
            @Nullable Span filter) {}

    /// As an element of a row group (Parquet format, `ColumnChunk`).
    void write(CompactWriter out, int codec, Places places) {
        out.begin();
        out.large(2, 0);
        out.begin(3);
        describe(out, codec);
        if (places.filter() != null) {
            out.large(14, places.filter().offset());
            out.number(15, places.filter().length());
        }
        out.end();
        out.large(4, places.offsetIndex().offset());
        out.number(5, places.offsetIndex().length());
        if (places.columnIndex() != null) {
            out.large(6, places.columnIndex().offset());
            out.number(7, places.columnIndex().length());
        }
        out.end();
    }

    private void describe(CompactWriter out, int codec) {
        out.number(1, Physical.of(column.type()).number());
        List<Encoding> all = allEncodings();
        out.list(2, CompactWriter.INT, all.size());
        all.forEach(encoding -> out.element(encoding.number()));
        List<String> path = FileSchema.path(column);
        out.list(3, CompactWriter.BINARY, path.size());
        path.forEach(out::element);
        out.number(4, codec);
        out.large(5, contents.levels());
        out.large(6, sizes.uncompressed());
        out.large(7, sizes.bytes());
        out.large(9, sizes.data());
        if (hasDictionary()) {
            out.large(11, sizes.start());
        }
        out.begin(12);
        out.large(3, contents.nulls());
        if (contents.bounds() != null) {
            out.bytes(5, contents.bounds().max());
            out.bytes(6, contents.bounds().min());
        }
        out.end();
        pages(out);
    }

    private boolean hasDictionary() {
        return sizes.dictionary() > 0;
    }

    /// Of values, entries and levels.
    private List<Encoding> allEncodings() {
        Stream<Encoding> entries = hasDictionary() ? Stream.of(Encoding.PLAIN) : Stream.empty();
        return Stream.concat(Stream.concat(entries, Stream.of(Encoding.RLE)), encodings.keySet().stream())
                .distinct()
                .toList();
    }

    private void pages(CompactWriter out) {
        out.list(13, CompactWriter.STRUCT, encodings.size() + (hasDictionary() ? 1 : 0));
        if (hasDictionary()) {
            pages(out, ColumnChunk.DICTIONARY_PAGE, Encoding.PLAIN, 1);
        }
        encodings.forEach((encoding, count) -> pages(out, ColumnChunk.DATA_PAGE, encoding, count));
    }

    private static void pages(CompactWriter out, int type, Encoding encoding, int count) {
        out.begin();
        out.number(1, type);
        out.number(2, encoding.number());
        out.number(3, count);
        out.end();
    }
}
