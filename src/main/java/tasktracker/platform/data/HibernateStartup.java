package tasktracker.platform.data;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceUnitInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hibernate.jpa.HibernatePersistenceProvider;

/**
 * Hibernate provider that builds its session factory while the server starts CDI and the web module.
 *
 * <p>The server requests the factory first, and would wait for it for half of the application's startup time. A call
 * before it is ready blocks; {@link SchemaStartupGuard} ensures that the product's own code does not call it earlier.
 */
public class HibernateStartup extends HibernatePersistenceProvider {

  private static volatile CompletableFuture<EntityManagerFactory> factory = new CompletableFuture<>();

  @Override
  public EntityManagerFactory createContainerEntityManagerFactory(PersistenceUnitInfo unit, Map<?, ?> settings) {
    MigrationIntegrator.begin();
    factory = BackgroundStartup.startAsync("hibernate", () -> build(unit, settings));
    return (EntityManagerFactory) Proxy.newProxyInstance(
        HibernateStartup.class.getClassLoader(), new Class<?>[]{EntityManagerFactory.class}, HibernateStartup::call);
  }

  /** Loads most of Hibernate's classes before it needs the database. */
  private EntityManagerFactory build(PersistenceUnitInfo unit, Map<?, ?> settings) {
    var builder = getEntityManagerFactoryBuilder(unit, settings);
    MigrationIntegrator.awaitDatabase();
    return builder.build();
  }

  private static Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(await(), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /**
   * Waits until the schema is up to date and Hibernate has validated it.
   *
   * @throws IllegalStateException when this release cannot work on the schema
   */
  static EntityManagerFactory await() {
    return BackgroundStartup.await(factory);
  }
}
