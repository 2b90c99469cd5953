package dev.larder.refused;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.hibernate.InvalidatesTags;
import dev.larder.hibernate.LarderHibernate;
import dev.larder.testkit.EmbeddedPostgreSql;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.List;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tag that can't be stops the start, with the annotation, the class and the reason. */
class WrongTagsIT {

  private static EmbeddedPostgreSql postgresql;

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stop() {
    postgresql.close();
  }

  @Entity
  static class Owner {
    @Id
    Long id;

    String name;
  }

  @Entity
  @InvalidatesTags("a:{nmae}")
  static class Misspelt {
    @Id
    Long id;

    String name;
  }

  @Entity
  @InvalidatesTags("a:{owner.name}")
  static class AcrossAnAssociation {
    @Id
    Long id;

    @ManyToOne
    Owner owner;
  }

  @Entity
  @InvalidatesTags("a:{id")
  static class NotClosed {
    @Id
    Long id;
  }

  @Entity
  @InvalidatesTags("a:{names}")
  static class OfACollection {
    @Id
    Long id;

    @ElementCollection
    List<String> names;
  }

  /** A class and what is said of it. */
  record Fault(Class<?> entity, String sentence) {}

  static List<Fault> faults() {
    return List.of(
        new Fault(Misspelt.class, "there is no property nmae"),
        new Fault(AcrossAnAssociation.class, "name is not the identifier of"),
        new Fault(NotClosed.class, "the brace at 2 is not closed"),
        new Fault(OfACollection.class, "it is a collection"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void start_isRefused(Fault fault) {
    try (Larder larder = Larder.builder().keyPrefix("refused").build()) {
      Configuration configuration = new Configuration()
          .addAnnotatedClass(Owner.class)
          .addAnnotatedClass(fault.entity())
          .setProperty("hibernate.connection.url", postgresql.url());
      configuration.getProperties().putAll(LarderHibernate.of(larder).settings());
      assertThatThrownBy(configuration::buildSessionFactory)
          .hasStackTraceContaining(ConfigurationException.class.getName())
          .hasStackTraceContaining("@InvalidatesTags(")
          .hasStackTraceContaining(fault.entity().getName())
          .hasStackTraceContaining(fault.sentence());
    }
  }
}
