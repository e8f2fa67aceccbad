// The one translation unit with Boost.JSON's definitions: no Boost library is linked.
#include <boost/json/src.hpp>
