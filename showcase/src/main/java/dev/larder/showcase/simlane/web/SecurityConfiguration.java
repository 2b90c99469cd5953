package dev.larder.showcase.simlane.web;

import dev.larder.showcase.simlane.domain.Account;
import dev.larder.showcase.simlane.source.AccountSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Who may see what: profiles, searches and the API are public, clubs and events are for users, caches for
 * the administrator. A principal is the number of a user, as text, so that a session holds nothing else.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests
            .requestMatchers("/caches/**", "/api/admin/**")
            .hasRole("ADMIN")
            .requestMatchers("/clubs/*", "/clubs/*/**", "/events/**", "/profiles/*/*/edit")
            .authenticated()
            .anyRequest()
            .permitAll())
        // The console guards itself, against forgery too.
        .csrf(csrf -> csrf.ignoringRequestMatchers("/larder/**"))
        .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/clubs"))
        .logout(logout -> logout.logoutSuccessUrl("/"))
        .exceptionHandling(faults -> faults
            .defaultAuthenticationEntryPointFor(
                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                PathPatternRequestMatcher.pathPattern("/api/**"))
            .defaultAuthenticationEntryPointFor(
                new LoginUrlAuthenticationEntryPoint("/login"), AnyRequestMatcher.INSTANCE))
        .build();
  }

  @Bean
  AuthenticationProvider byPassword(AccountSource accounts) {
    return new ByPassword(accounts, new BCryptPasswordEncoder());
  }

  private record ByPassword(AccountSource accounts, PasswordEncoder passwords)
      implements AuthenticationProvider {

    @Override
    public Authentication authenticate(Authentication asked) {
      Account account = accounts
          .named(asked.getName())
          .filter(found -> passwords.matches(
              String.valueOf(asked.getCredentials()), accounts.passwordOf(found.id())))
          .orElseThrow(() -> new BadCredentialsException("wrong name or password"));
      return UsernamePasswordAuthenticationToken.authenticated(
          Long.toString(account.id()),
          null,
          List.of(new SimpleGrantedAuthority(account.admin() ? "ROLE_ADMIN" : "ROLE_USER")));
    }

    @Override
    public boolean supports(Class<?> type) {
      return type == UsernamePasswordAuthenticationToken.class;
    }
  }
}
