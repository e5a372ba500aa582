package planted.house.ingest;

import org.apache.hadoop.conf.Configuration;

record HadoopUser(Configuration configuration) {}
