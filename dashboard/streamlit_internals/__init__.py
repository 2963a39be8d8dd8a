"""Every dependency on private parts of Streamlit; read first at an upgrade."""
