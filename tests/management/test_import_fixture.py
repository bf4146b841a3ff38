"""The plain name of our `loaddata`."""

import pytest
from django.core.management import call_command

from liveblog.models import Story


@pytest.mark.django_db
def test_import_fixture_loads_the_demo():
    call_command("import_fixture", "ukraine_kursk", verbosity=0)

    assert Story.objects.get().slug == "ukraine-kursk"
