package dev.larder.hibernate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose statements {@link UncoveredWrites} hears of once they are committed. */
final class WatchedDataSource {

  private final DataSource source;
  private final UncoveredWrites writes;

  WatchedDataSource(DataSource source, UncoveredWrites writes) {
    this.source = source;
    this.writes = writes;
  }

  DataSource proxy() {
    return proxy(DataSource.class, (method, arguments) -> {
      Object result = call(source, method, arguments);
      return result instanceof Connection connection ? new Watched(connection).proxy() : result;
    });
  }

  /** What a proxy does instead of a method. */
  private interface Instead {
    @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
  }

  @SuppressWarnings("ReferenceEquality") // a proxy equals itself
  private static <T> T proxy(Class<T> type, Instead instead) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader() == null
            ? WatchedDataSource.class.getClassLoader()
            : type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> switch (method.getName()) {
          case "equals" -> self == arguments[0];
          case "hashCode" -> System.identityHashCode(self);
          default -> instead.call(method, arguments);
        }));
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  /** One connection, with what it has written and not committed. */
  private final class Watched {

    private final Connection connection;
    private final List<UncoveredWrites.Executed> pending = new ArrayList<>();
    private final IdentityHashMap<Object, Integer> savepoints = new IdentityHashMap<>();

    Watched(Connection connection) {
      this.connection = connection;
    }

    Connection proxy() {
      return WatchedDataSource.proxy(Connection.class, this::onConnection);
    }

    private @Nullable Object onConnection(Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable {
      Object result = call(connection, method, arguments);
      Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
      switch (method.getName()) {
        case "commit" -> commit();
        case "setAutoCommit" -> {
          if (Boolean.TRUE.equals(first)) {
            commit();
          }
        }
        case "setSavepoint" -> {
          if (result != null) {
            savepoints.put(result, pending.size());
          }
        }
        case "rollback" -> {
          Integer kept = first == null ? Integer.valueOf(0) : savepoints.get(first);
          if (kept != null && kept < pending.size()) {
            pending.subList(kept, pending.size()).clear();
          }
        }
        case "close", "abort" -> pending.clear();
        default -> {}
      }
      if (result instanceof Statement statement) {
        return statement(statement, first instanceof String sql ? sql : null);
      }
      return result;
    }

    private Object statement(Statement statement, @Nullable String prepared) {
      List<String> batch = new ArrayList<>();
      Class<? extends Statement> type = statement instanceof CallableStatement
          ? CallableStatement.class
          : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
      return WatchedDataSource.proxy(type, (method, arguments) -> {
        String sql =
            arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                ? text
                : prepared;
        String name = method.getName();
        if (name.equals("addBatch") && sql != null) {
          batch.add(sql);
        }
        Object result = call(statement, method, arguments);
        if (name.endsWith("Batch") && name.startsWith("execute")) {
          batch.forEach(this::ran);
          batch.clear();
        } else if (name.startsWith("execute") && sql != null && !isNothing(result)) {
          ran(sql);
        }
        return result;
      });
    }

    private static boolean isNothing(@Nullable Object result) {
      return result instanceof Number rows && rows.longValue() == 0;
    }

    private void ran(String sql) {
      UncoveredWrites.Executed executed = writes.executed(sql);
      if (executed.tables().isEmpty()) {
        return;
      }
      pending.add(executed);
      try {
        if (connection.getAutoCommit()) {
          commit();
        }
      } catch (SQLException broken) {
        // Then nothing of it commits either.
        pending.clear();
      }
    }

    private void commit() {
      List<UncoveredWrites.Executed> done = List.copyOf(pending);
      pending.clear();
      savepoints.clear();
      writes.committed(done);
    }
  }
}
