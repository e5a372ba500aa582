import org.apache.spark.sql.SparkSession;

/// Runs one SQL statement on Spark and prints each row as JSON after a mark. Started from its source, because Spark's
/// libraries never meet ours: `java -cp <Spark> SparkQuery.java <sql>`.
class SparkQuery {
    public static void main(String[] arguments) throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            for (String row : spark.sql(arguments[0]).toJSON().collectAsList()) {
                System.out.println("row:" + row);
            }
        }
    }
}
