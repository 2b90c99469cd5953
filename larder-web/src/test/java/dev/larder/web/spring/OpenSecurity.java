package dev.larder.web.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security with its default headers; anybody may see everything, and log in by Basic. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class OpenSecurity {

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .httpBasic(Customizer.withDefaults())
        .csrf(csrf -> csrf.ignoringRequestMatchers(request -> true))
        .build();
  }

  /** Plain: thousands of requests log in here, and a real hash would be most of the test. */
  @Bean
  PasswordEncoder passwords() {
    return new PasswordEncoder() {
      @Override
      public String encode(CharSequence password) {
        return password.toString();
      }

      @Override
      public boolean matches(CharSequence password, String encoded) {
        return encoded.contentEquals(password);
      }
    };
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("anna").password("a").roles("MEMBER", "ADMIN").build(),
        User.withUsername("ben").password("b").roles("MEMBER").build(),
        User.withUsername("cleo").password("c").roles("MEMBER").build());
  }
}
