package dev.freshet.control;

import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Into how many files the rows go, and which row into which: a task's part is the hash of its name. A file's name
/// says which part of how many it holds; a file of another name is one that holds anything.
///
/// @param mostBytes of a file that holds all rows
record RowsSplit(long mostBytes) {
    static final RowsSplit DEFAULT = new RowsSplit(4 << 20);

    private static final int MOST_PARTS = 64;
    private static final Pattern PART = Pattern.compile("rows-(\\d+)-of-(\\d+)-\\p{XDigit}+\\.parquet");

    /// How many parts the next version shall have. The number changes rarely: parts may be from a quarter to twice as
    /// large as they would be made, and there are two at least until half of a whole file would hold all.
    int parts(List<DataFile> files) {
        int now = partsOf(files);
        long bytes = files.stream().mapToLong(DataFile::bytes).sum();
        if (bytes <= (now > 1 ? mostBytes / 2 : mostBytes)) {
            return 1;
        }
        long part = Math.max(1, mostBytes / 4);
        boolean fits = now > 1 && bytes > now * part / 4 && bytes <= now * part * 2;
        return fits ? now : (int) Math.min(MOST_PARTS, Long.highestOneBit(bytes / part) * 2);
    }

    /// Into how many parts these files divide the rows; 1 unless all agree.
    static int partsOf(List<DataFile> files) {
        Set<Integer> counts = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (DataFile file : files) {
            Matcher name = PART.matcher(file.path());
            if (!name.matches()) {
                return 1;
            }
            counts.add(Integer.valueOf(name.group(2)));
            numbers.add(Integer.valueOf(name.group(1)));
        }
        return counts.size() == 1 && numbers.size() == files.size()
                ? counts.iterator().next()
                : 1;
    }

    static int partOf(DataFile file) {
        Matcher name = PART.matcher(file.path());
        if (!name.matches()) {
            throw new IllegalArgumentException(file.path() + " holds no part");
        }
        return Integer.parseInt(name.group(1));
    }

    static String name(int part, int parts, String id) {
        return parts == 1 ? "rows-" + id + ".parquet" : "rows-" + part + "-of-" + parts + "-" + id + ".parquet";
    }

    /// The rows of each part, in their order.
    static List<List<TaskRow>> divide(Rows rows, int parts) {
        List<List<TaskRow>> divided = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            divided.add(new ArrayList<>());
        }
        for (TaskRow row : rows) {
            int hash = row.task().hashCode();
            divided.get(Math.floorMod(hash ^ (hash >>> 16), parts)).add(row);
        }
        return divided;
    }
}
