import java.util.Properties;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/// Copies one PostgreSQL table into a Delta table over one JDBC connection, as Spark's documentation says: with a fetch
/// size, or the driver would hold the whole table. Arguments: JDBC URL, table, folder.
class SparkIngest {
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.put("user", "postgres");
        properties.put("driver", "org.postgresql.Driver");
        properties.put("fetchsize", "10000");
        try (SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.sql.parquet.compression.codec", "zstd")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            spark.read()
                    .jdbc(arguments[0], arguments[1], properties)
                    .write()
                    .format("delta")
                    .mode(SaveMode.Overwrite)
                    .save(arguments[2]);
        }
    }
}
