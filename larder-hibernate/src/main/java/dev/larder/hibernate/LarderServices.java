package dev.larder.hibernate;

import java.sql.PreparedStatement;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.jdbc.internal.JdbcServicesImpl;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.query.results.ResultSetMapping;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.exec.spi.JdbcMutationExecutor;
import org.hibernate.sql.exec.spi.JdbcOperationQueryMutation;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;
import org.hibernate.sql.exec.spi.JdbcSelect;
import org.hibernate.sql.exec.spi.JdbcSelectExecutor;
import org.hibernate.sql.results.spi.ResultsConsumer;
import org.hibernate.sql.results.spi.RowTransformer;

/**
 * Puts a watcher around what executes Hibernate's statements, for session factories whose settings name a
 * {@link LarderHibernate}. Each statement carries the tables that it reads or writes as Hibernate's own
 * translator has noted them, so nothing has to be parsed. Hibernate finds this by itself.
 */
public final class LarderServices implements ServiceContributor {

  /** For the service loader. */
  public LarderServices() {}

  @Override
  public void contribute(StandardServiceRegistryBuilder builder) {
    builder.addInitiator(new Initiator());
  }

  private static final class Initiator implements StandardServiceInitiator<JdbcServices> {

    @Override
    public Class<JdbcServices> getServiceInitiated() {
      return JdbcServices.class;
    }

    @Override
    public JdbcServices initiateService(
        Map<String, Object> settings, ServiceRegistryImplementor registry) {
      return settings.get(LarderHibernate.SETTING) instanceof LarderHibernate joined
          ? new Watched(registry, joined)
          : new JdbcServicesImpl(registry);
    }
  }

  private static final class Watched extends JdbcServicesImpl {

    private static final long serialVersionUID = 1L;

    private final transient JdbcMutationExecutor mutations;
    private final transient JdbcSelectExecutor selects;

    Watched(ServiceRegistryImplementor registry, LarderHibernate joined) {
      super(registry);
      this.mutations = new Mutations(super.getJdbcMutationExecutor(), joined);
      this.selects = new Selects(super.getJdbcSelectExecutor(), joined);
    }

    @Override
    public JdbcSelectExecutor getJdbcSelectExecutor() {
      return selects;
    }

    @Override
    public JdbcMutationExecutor getJdbcMutationExecutor() {
      return mutations;
    }
  }

  private record Selects(JdbcSelectExecutor executor, LarderHibernate joined)
      implements JdbcSelectExecutor {

    /** What Hibernate calls the context of a select of one entity by its identifier. */
    private static final String BY_IDENTIFIER = "SingleId";

    @Override
    public <T, R> T executeQuery(
        JdbcSelect select,
        JdbcParameterBindings bindings,
        ExecutionContext context,
        RowTransformer<R> transformer,
        Class<R> type,
        StatementCreator creator,
        ResultsConsumer<T, R> consumer) {
      note(select, context);
      return executor.executeQuery(select, bindings, context, transformer, type, creator, consumer);
    }

    @Override
    public <T, R> T executeQuery(
        JdbcSelect select,
        JdbcParameterBindings bindings,
        ExecutionContext context,
        RowTransformer<R> transformer,
        Class<R> type,
        int expectedRows,
        StatementCreator creator,
        ResultsConsumer<T, R> consumer) {
      note(select, context);
      return executor.executeQuery(
          select, bindings, context, transformer, type, expectedRows, creator, consumer);
    }

    private void note(JdbcSelect select, ExecutionContext context) {
      // Another name in another version only makes more depend on the table: never less.
      if (context.getClass().getSimpleName().startsWith(BY_IDENTIFIER)) {
        joined.reads().selectByIdentifier(context.getSession());
      } else {
        joined
            .reads()
            .select(
                context.getSession(),
                select.getAffectedTableNames(),
                select.getSqlString(),
                select.getJdbcValuesMappingProducer() instanceof ResultSetMapping);
      }
    }
  }

  private record Mutations(JdbcMutationExecutor executor, LarderHibernate joined)
      implements JdbcMutationExecutor {

    @Override
    public int execute(
        JdbcOperationQueryMutation statement,
        JdbcParameterBindings bindings,
        Function<String, PreparedStatement> creator,
        BiConsumer<Integer, PreparedStatement> expectation,
        ExecutionContext context) {
      int rows = executor.execute(statement, bindings, creator, expectation, context);
      joined
          .writes()
          .bulk(context.getSession(), statement.getAffectedTableNames(), statement.getSqlString());
      return rows;
    }
  }
}
