package dev.larder.hibernate;

import java.sql.PreparedStatement;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.jdbc.internal.JdbcServicesImpl;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.exec.spi.JdbcMutationExecutor;
import org.hibernate.sql.exec.spi.JdbcOperationQueryMutation;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;

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

    Watched(ServiceRegistryImplementor registry, LarderHibernate joined) {
      super(registry);
      this.mutations = new Mutations(super.getJdbcMutationExecutor(), joined);
    }

    @Override
    public JdbcMutationExecutor getJdbcMutationExecutor() {
      return mutations;
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
