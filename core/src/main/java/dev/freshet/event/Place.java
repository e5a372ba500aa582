package dev.freshet.event;

/// The beginning of a frame in a journal.
///
/// @param file its number
/// @param at the byte
record Place(long file, long at) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
        return file == other.file ? Long.compare(at, other.at) : Long.compare(file, other.file);
    }
}
