package dev.larder.showcase.trace;

import java.util.List;
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

  /** The pool with the counter in front of it. */
  public static DataSource of(DataSource pool) {
    return ProxyDataSourceBuilder.create(pool).listener(new Counter()).build();
  }

  private static final class Counter implements QueryExecutionListener {
    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      RequestTrace.current().ifPresent(RequestTrace::statement);
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      // counted when sent: a statement that fails has cost its round trip too
    }
  }
}
