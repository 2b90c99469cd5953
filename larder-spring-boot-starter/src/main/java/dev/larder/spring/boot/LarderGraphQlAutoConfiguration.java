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
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;

/** The directives of larder-spring in the schema of Spring for GraphQL. */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    beforeName = "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration")
@ConditionalOnClass(
    value = {GraphQlSource.class, GraphQlSourceBuilderCustomizer.class},
    name = "tools.jackson.databind.json.JsonMapper")
@ConditionalOnBean(Larder.class)
@ConditionalOnProperty(name = "larder.graphql.enabled", matchIfMissing = true)
public class LarderGraphQlAutoConfiguration {

  /** For Spring. */
  public LarderGraphQlAutoConfiguration() {}

  /** What carries the directives out. */
  @Bean
  @ConditionalOnMissingBean
  LarderGraphQl larderGraphQl(
      Larder larder, CachePolicies policies, ObjectProvider<CallerIdentity> identity) {
    return new LarderGraphQl(
        larder, policies, identity.getIfAvailable(LarderAnnotations::foundIdentity));
  }

  /** Joins the schema of Spring Boot. */
  @Bean
  GraphQlSourceBuilderCustomizer larderGraphQlDirectives(LarderGraphQl graphQl) {
    return graphQl::configure;
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
