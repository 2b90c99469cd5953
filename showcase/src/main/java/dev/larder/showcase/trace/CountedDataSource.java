package dev.larder.showcase.trace;

import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * Puts a counter between a connection pool and its users: every statement that is sent is written
 * into the account of the request on that thread. A batch counts as one: it is one round trip.
 */
public final class CountedDataSource {
  private CountedDataSource() {}

  /** The pool as the application reads its source through it. */
  public static DataSource forSource(DataSource pool) {
    return counted(pool, RequestTrace::statement);
  }

  /** The same pool as the cache's database tier uses it; counted apart. */
  public static DataSource forTier(DataSource pool) {
    return counted(pool, RequestTrace::tierStatement);
  }

  private static DataSource counted(DataSource pool, Consumer<RequestTrace> count) {
    return ProxyDataSourceBuilder.create(pool).listener(new Counter(count)).build();
  }

  private record Counter(Consumer<RequestTrace> count) implements QueryExecutionListener {
    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      RequestTrace.current().ifPresent(count);
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      // counted when sent: a statement that fails has cost its round trip too
    }
  }
}
