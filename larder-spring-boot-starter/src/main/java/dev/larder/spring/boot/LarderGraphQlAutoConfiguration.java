package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import dev.larder.spring.annotation.LarderAnnotations;
import dev.larder.spring.graphql.LarderGraphQl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;

/** The directives of larder-spring in the schema of Spring for GraphQL. */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    beforeName = "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration")
@ConditionalOnClass(
    value = {GraphQlSource.class, GraphQlAutoConfiguration.class},
    name = "tools.jackson.databind.json.JsonMapper")
@ConditionalOnBean(Larder.class)
@ConditionalOnProperty(name = "larder.graphql.enabled", matchIfMissing = true)
public class LarderGraphQlAutoConfiguration {

  /** For Spring. */
  public LarderGraphQlAutoConfiguration() {}

  /**
   * What carries the directives out. Spring Boot finds it as a part of the wiring; a customizer would
   * make it look for a schema where there is none.
   */
  @Bean
  @ConditionalOnMissingBean
  LarderGraphQl larderGraphQl(
      Larder larder, CachePolicies policies, ObjectProvider<CallerIdentity> identity) {
    return new LarderGraphQl(
        larder, policies, identity.getIfAvailable(LarderAnnotations::foundIdentity));
  }

  /** Puts the response cache before the service that executes requests. */
  @Bean
  static BeanPostProcessor larderGraphQlResponses(
      ObjectProvider<LarderGraphQl> graphQl, ObjectProvider<GraphQlSource> source) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ExecutionGraphQlService service
            ? graphQl.getObject().caching(service, source.getObject())
            : bean;
      }
    };
  }
}
