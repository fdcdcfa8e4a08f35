using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace App
{
    /// <summary>A small container of services: what hides things elsewhere, used honestly.</summary>
    public sealed class Container
    {
        private readonly Dictionary<Type, Func<object>> _makers = new Dictionary<Type, Func<object>>();
        private readonly Dictionary<string, object> _settings = new Dictionary<string, object>
        {
            ["verify"] = true,
            ["algorithm"] = "SHA" + 256,
        };

        public Container Add<T>(Func<T> maker) where T : class
        {
            _makers[typeof(T)] = maker;
            return this;
        }

        public T Get<T>() where T : class => (T)_makers[typeof(T)]();

        public object Make(Type type)
        {
            var constructor = type.GetConstructors().First();
            var arguments = constructor.GetParameters().Select(one => _makers[one.ParameterType]()).ToArray();
            return constructor.Invoke(arguments);
        }

        public object Read(object bean, string property)
        {
            var name = char.ToUpper(property[0]) + property.Substring(1);
            return bean.GetType().GetProperty(name)?.GetValue(bean);
        }

        public IEnumerable<Type> Plugins(Assembly assembly)
        {
            return assembly.GetTypes().Where(type => typeof(IDisposable).IsAssignableFrom(type) && !type.IsAbstract);
        }

        public string Token()
        {
            var bytes = new byte[32];
            RandomNumberGenerator.Fill(bytes);
            return Convert.ToBase64String(bytes);
        }

        public string Describe(string name)
        {
            var text = new StringBuilder();
            foreach (var part in name.Split('-'))
            {
                text.Append(part.Substring(0, 1).ToUpperInvariant()).Append(part.Substring(1));
            }
            return text.ToString();
        }
    }
}
