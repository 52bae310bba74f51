import type { Metric } from "../observability/metric";

/** Metrics of one RDS instance. */
export class PostgresMetrics {
  constructor(private readonly identifier: string) {}

  /** Percent of all processors. */
  get cpu(): Metric {
    return this.metric("CPUUtilization", "Average");
  }

  /** Connections that are open, idle ones too. */
  get connections(): Metric {
    return this.metric("DatabaseConnections", "Maximum");
  }

  /** Bytes of storage that are free. */
  get freeStorage(): Metric {
    return this.metric("FreeStorageSpace", "Minimum");
  }

  /** Bytes of memory that are free or can be freed. */
  get freeableMemory(): Metric {
    return this.metric("FreeableMemory", "Minimum");
  }

  /** Seconds that a read of the storage takes. */
  get readLatency(): Metric {
    return this.metric("ReadLatency", "Average");
  }

  /** Seconds that a write to the storage takes. */
  get writeLatency(): Metric {
    return this.metric("WriteLatency", "Average");
  }

  private metric(name: string, statistic: string): Metric {
    return { namespace: "AWS/RDS", name, dimensions: { DBInstanceIdentifier: this.identifier }, statistic };
  }
}
