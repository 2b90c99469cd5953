package dev.larder.boottests.session;

import dev.larder.spring.session.SessionAttributeTypes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A shop whose visitors fill a cart, with Spring Security as it comes. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebSecurity
class Shop {

  /** What lies in a session. */
  record Cart(List<String> items) {}

  @Bean
  SessionAttributeTypes attributeTypes() {
    return types -> types.add("cart", Cart.class);
  }

  @Bean
  InMemoryUserDetailsManager users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("ann").password("{noop}secret").roles("USER").build());
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests
            .requestMatchers("/cart", "/csrf", "/bad", "/error")
            .permitAll()
            .anyRequest()
            .authenticated())
        .formLogin(Customizer.withDefaults())
        .build();
  }

  /** Its pages; a bean, since it lies in a configuration. */
  @RestController
  static class Pages {

    @GetMapping("/cart")
    List<String> cart(HttpServletRequest request) {
      String item = request.getParameter("add");
      HttpSession session = request.getSession(item != null);
      Cart cart = session == null ? null : (Cart) session.getAttribute("cart");
      List<String> items = new ArrayList<>(cart == null ? List.of() : cart.items());
      if (item != null) {
        items.add(item);
        session.setAttribute("cart", new Cart(items));
      }
      return items;
    }

    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getClass() == UsernamePasswordAuthenticationToken.class
          ? authentication.getName() + " " + authentication.getAuthorities()
          : "?";
    }

    @GetMapping("/csrf")
    String csrf(CsrfToken token) {
      return token.getToken();
    }

    @GetMapping("/bad")
    String bad(HttpSession session) {
      session.setAttribute("thread", Thread.currentThread());
      return "never";
    }
  }
}
